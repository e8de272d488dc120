package com.example.logs;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.Paths;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

@RestController
public class LogController {
    @GetMapping("/logs/{name}")
    public String read(@PathVariable String name) throws IOException {
        Path path = Paths.get("/var/log/app/" + name);
        return Files.readString(path); // expect: CWE-22
    }
}
