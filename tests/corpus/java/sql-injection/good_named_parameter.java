package com.example.orders;

import jakarta.persistence.EntityManager;
import java.util.List;
import java.util.UUID;

public class OrderRepository {
    private final EntityManager entities;

    public OrderRepository(EntityManager entities) {
        this.entities = entities;
    }

    public List<Order> byStatus(String status, UUID owner) {
        return entities
            .createQuery("SELECT o FROM Order o WHERE o.status = :status AND o.owner = :owner", Order.class)
            .setParameter("status", status)
            .setParameter("owner", owner)
            .getResultList();
    }
}
