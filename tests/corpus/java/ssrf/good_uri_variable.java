package com.example.weather;

import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.client.RestTemplate;

@RestController
public class WeatherController {
    private final RestTemplate rest = new RestTemplate();

    @GetMapping("/weather/{city}")
    public String today(@PathVariable String city) {
        return rest.getForObject("https://api.weather.example.com/v1/cities/{city}/today", String.class, city);
    }
}
