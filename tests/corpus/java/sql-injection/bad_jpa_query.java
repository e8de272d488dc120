package com.example.orders;

import jakarta.persistence.EntityManager;
import java.util.List;
import org.springframework.stereotype.Repository;

@Repository
public class OrderRepository {
    private final EntityManager entities;

    public OrderRepository(EntityManager entities) {
        this.entities = entities;
    }

    public List<Order> byStatus(String status) {
        String jpql = String.format("SELECT o FROM Order o WHERE o.status = '%s'", status);
        return entities.createQuery(jpql, Order.class).getResultList(); // expect: CWE-89 @ jpql
    }
}
