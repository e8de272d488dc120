package com.example.app;

import jakarta.servlet.http.HttpServletResponse;
import java.io.File;
import java.io.IOException;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

@RestController
public class DownloadController {
    @GetMapping("/download")
    public void download(@RequestParam String name, HttpServletResponse response) throws IOException {
        if (name.indexOf("..") >= 0) {
            throw new IllegalArgumentException("bad name");
        }
        response.setHeader("X-File", name); // expect: CWE-113
    }
}
