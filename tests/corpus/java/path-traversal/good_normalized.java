package com.example.logs;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

@RestController
public class LogController {
    private static final Path ROOT = Path.of("/var/log/app").toAbsolutePath().normalize();

    @GetMapping("/logs/{name}")
    public String read(@PathVariable String name) throws IOException {
        Path path = ROOT.resolve(name).normalize();
        if (!path.startsWith(ROOT)) {
            throw new SecurityException("outside");
        }
        return Files.readString(path);
    }
}
