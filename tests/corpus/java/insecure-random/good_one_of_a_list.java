package com.example.web;

import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

@RestController
public class QuoteController {
    private final List<String> quotes = List.of("Simple is better.", "Name things well.");

    @GetMapping("/quote")
    public String quote() {
        return quotes.get(ThreadLocalRandom.current().nextInt(quotes.size()));
    }
}
