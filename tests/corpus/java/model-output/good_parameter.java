package com.example.ask;

import org.springframework.ai.chat.client.ChatClient;
import org.springframework.jdbc.core.JdbcTemplate;

public class Price {
    private final ChatClient chat;
    private final JdbcTemplate jdbc;

    public Price(ChatClient chat, JdbcTemplate jdbc) {
        this.chat = chat;
        this.jdbc = jdbc;
    }

    public Integer price(String question) {
        String name = chat.prompt().user("The product in: " + question).call().content();
        return jdbc.queryForObject("SELECT price FROM products WHERE name = ?", Integer.class, name);
    }
}
