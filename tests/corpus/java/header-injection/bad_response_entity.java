package com.example.export;

import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

@RestController
public class ExportController {
    @GetMapping("/export")
    public ResponseEntity<String> export(@RequestParam String filename) {
        HttpHeaders headers = new HttpHeaders();
        headers.add("Content-Disposition", "attachment; filename=" + filename); // expect: CWE-113
        return ResponseEntity.ok().headers(headers).body("a,b");
    }
}
