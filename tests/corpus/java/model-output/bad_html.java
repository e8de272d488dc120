package com.example.ask;

import org.springframework.ai.chat.client.ChatClient;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

@RestController
public class ExplainController {
    private final ChatClient chat;

    public ExplainController(ChatClient chat) {
        this.chat = chat;
    }

    @GetMapping(value = "/explain", produces = MediaType.TEXT_HTML_VALUE)
    public String explain(@RequestParam String question) {
        String answer = chat.prompt().user(question).call().content();
        return "<article>" + answer + "</article>"; // expect: CWE-79
    }
}
