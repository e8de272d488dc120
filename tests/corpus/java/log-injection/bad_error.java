package com.example.orders;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

@RestController
public class OrderController {
    private final Logger logger = LoggerFactory.getLogger(getClass());

    @GetMapping("/orders/{reference}")
    public String order(@PathVariable String reference) {
        StringBuilder text = new StringBuilder();
        text.append("no order ").append(reference);
        logger.error(text.toString()); // expect: CWE-117
        return "";
    }
}
