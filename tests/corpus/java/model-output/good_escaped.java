package com.example.ask;

import org.springframework.ai.chat.client.ChatClient;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.util.HtmlUtils;

@RestController
public class QuoteController {
    private final ChatClient chat;

    public QuoteController(ChatClient chat) {
        this.chat = chat;
    }

    @GetMapping(value = "/quote", produces = MediaType.TEXT_HTML_VALUE)
    public String quote() {
        return "<q>" + HtmlUtils.htmlEscape(chat.prompt().user("A quote").call().content()) + "</q>";
    }
}
