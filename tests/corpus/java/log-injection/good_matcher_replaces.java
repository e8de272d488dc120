package com.example.app;

import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

@RestController
public class Audit {
    private static final Logger log = LoggerFactory.getLogger(Audit.class);
    private static final Pattern BREAKS = Pattern.compile("[\r\n\t]");
    @GetMapping("/a")
    public void a(@RequestParam String who) {
        String shown = BREAKS.matcher(who).replaceAll("_");
        log.info("by {}", shown);
    }
}
