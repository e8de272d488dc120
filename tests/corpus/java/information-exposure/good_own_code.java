package com.example.orders;

import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;

@RestControllerAdvice
public class Errors {
    @ExceptionHandler(OrderNotFoundException.class)
    public ResponseEntity<String> notFound(OrderNotFoundException error) {
        return ResponseEntity.status(404).body("no order " + error.orderId());
    }
}
