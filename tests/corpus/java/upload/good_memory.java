package com.example.upload;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.multipart.MultipartFile;

@RestController
public class ImportController {
    @PostMapping("/import")
    public long rows(@RequestParam("file") MultipartFile file) throws IOException {
        return new String(file.getBytes(), StandardCharsets.UTF_8).lines().count();
    }
}
