package com.example.orders;

import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;

@RestControllerAdvice
public class Errors {
    @ExceptionHandler(Exception.class)
    public ResponseEntity<String> onError(Exception error) {
        return ResponseEntity.status(500).body(error.toString()); // expect: CWE-209
    }
}
