package com.example.upload;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.UUID;
import org.springframework.util.StringUtils;
import org.springframework.web.multipart.MultipartFile;

public class DocumentService {
    private static final Set<String> ALLOWED = Set.of("pdf", "txt");

    public String store(MultipartFile file) throws IOException {
        String extension = StringUtils.getFilenameExtension(file.getOriginalFilename());
        if (extension == null || !ALLOWED.contains(extension.toLowerCase())) {
            throw new IllegalArgumentException("type");
        }
        String name = UUID.randomUUID() + "." + extension.toLowerCase();
        Files.copy(file.getInputStream(), Path.of("/srv/documents").resolve(name));
        return name;
    }
}
