package com.example.chat;

import java.util.List;
import org.springframework.ai.chat.messages.SystemMessage;
import org.springframework.ai.chat.messages.UserMessage;
import org.springframework.ai.chat.model.ChatModel;
import org.springframework.ai.chat.prompt.Prompt;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

@RestController
public class StyleController {
    private final ChatModel model;

    public StyleController(ChatModel model) {
        this.model = model;
    }

    @GetMapping("/rewrite")
    public String rewrite(@RequestParam String style, @RequestParam String text) {
        SystemMessage system = new SystemMessage(String.format("Write in this style: %s", style)); // expect: CWE-1427
        return model.call(new Prompt(List.of(system, new UserMessage(text)))).getResult().getOutput().getText();
    }
}
