package com.example.chat;

import org.springframework.ai.chat.client.ChatClient;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

@RestController
public class ChatController {
    private static final String SYSTEM = "You are the assistant of our bank.";
    private final ChatClient chat;

    public ChatController(ChatClient chat) {
        this.chat = chat;
    }

    @PostMapping("/chat")
    public String chat(@RequestParam String message) {
        return chat.prompt().system(SYSTEM).user(message).call().content();
    }
}
