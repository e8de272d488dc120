package com.example.ask;

import java.util.List;
import java.util.Map;
import org.springframework.ai.chat.client.ChatClient;
import org.springframework.jdbc.core.JdbcTemplate;

public class Ask {
    private final ChatClient chat;
    private final JdbcTemplate jdbc;

    public Ask(ChatClient chat, JdbcTemplate jdbc) {
        this.chat = chat;
        this.jdbc = jdbc;
    }

    public List<Map<String, Object>> ask(String question) {
        String statement = chat.prompt().user("Write SQL for: " + question).call().content();
        return jdbc.queryForList(statement); // expect: CWE-89 @ statement
    }
}
