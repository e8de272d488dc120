package com.example.app;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

@RestController
public class PingController {
    @GetMapping("/ping")
    public String ping(@RequestParam String host) throws Exception {
        InetAddress address = InetAddress.getByName(host);
        List<String> command = new ArrayList<>();
        command.add("ping");
        command.add("-c");
        command.add("1");
        command.add(address.getHostAddress());
        Process p = new ProcessBuilder(command).start();
        return new String(p.getInputStream().readAllBytes());
    }
}
