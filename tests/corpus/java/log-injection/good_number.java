package com.example.orders;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

@RestController
public class OrderController {
    private final Logger logger = LoggerFactory.getLogger(getClass());

    @GetMapping("/orders/{id}")
    public long order(@PathVariable long id) {
        logger.info("order {} read", id);
        return id;
    }
}
