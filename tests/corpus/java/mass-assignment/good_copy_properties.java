package com.example.web;

import org.springframework.beans.BeanUtils;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

@RestController
public class CustomerController {
    private final CustomerRepository customers;

    public CustomerController(CustomerRepository customers) {
        this.customers = customers;
    }

    @PutMapping("/customers/{id}")
    public Customer update(@PathVariable long id, @RequestBody Customer changes) {
        Customer stored = customers.findById(id).orElseThrow();
        BeanUtils.copyProperties(changes, stored, "id", "creditLimit", "role");
        return customers.save(stored);
    }
}
