package com.example.app;

import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

@RestController
public class Trace {
    private static boolean hasLineBreak(String s) {
        return s.indexOf('\n') >= 0 || s.indexOf('\r') >= 0;
    }
    @GetMapping("/t")
    public ResponseEntity<Void> t(@RequestParam String id) {
        if (hasLineBreak(id)) {
            return ResponseEntity.badRequest().build();
        }
        HttpHeaders headers = new HttpHeaders();
        headers.add("X-Trace", id);
        return new ResponseEntity<>(headers, HttpStatus.OK);
    }
}
