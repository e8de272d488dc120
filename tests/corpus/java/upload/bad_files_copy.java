package com.example.upload;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.springframework.web.multipart.MultipartFile;

public class AvatarService {
    private final Path folder = Path.of("static/avatars");

    public void store(MultipartFile file) throws IOException {
        Path target = folder.resolve(file.getOriginalFilename());
        Files.copy(file.getInputStream(), target); // expect: CWE-434|CWE-22
    }
}
