package com.example.upload;

import java.io.File;
import java.io.IOException;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.multipart.MultipartFile;

@RestController
public class UploadController {
    @PostMapping("/upload")
    public String upload(@RequestParam("file") MultipartFile file) throws IOException {
        File target = new File("/var/www/uploads/" + file.getOriginalFilename());
        file.transferTo(target); // expect: CWE-434|CWE-22
        return target.getName();
    }
}
