package com.example.chat;

import org.springframework.ai.chat.client.ChatClient;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

@RestController
public class ChatController {
    private final ChatClient chat;

    public ChatController(ChatClient chat) {
        this.chat = chat;
    }

    @PostMapping("/chat")
    public String chat(@RequestParam String persona, @RequestParam String message) {
        return chat.prompt()
            .system("You are a " + persona + " assistant of our bank.") // expect: CWE-1427
            .user(message)
            .call()
            .content();
    }
}
