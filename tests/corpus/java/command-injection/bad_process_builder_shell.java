package com.example.tools;

import java.io.IOException;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

@RestController
public class ConvertController {
    record Job(String source, String format) {}

    @PostMapping("/convert")
    public int convert(@RequestBody Job job) throws IOException, InterruptedException {
        String command = "convert " + job.source() + " out." + job.format();
        ProcessBuilder builder = new ProcessBuilder("sh", "-c", command); // expect: CWE-78
        return builder.start().waitFor();
    }
}
