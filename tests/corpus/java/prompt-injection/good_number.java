package com.example.chat;

import org.springframework.ai.chat.client.ChatClient;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

@RestController
public class SummaryController {
    private final ChatClient chat;

    public SummaryController(ChatClient chat) {
        this.chat = chat;
    }

    @GetMapping("/summary")
    public String summary(@RequestParam int sentences, @RequestParam String text) {
        return chat.prompt().system("Summarise in " + sentences + " sentences.").user(text).call().content();
    }
}
