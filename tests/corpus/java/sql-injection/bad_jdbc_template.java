package com.example.shop;

import java.util.List;
import java.util.Map;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

@RestController
public class ProductController {
    private final JdbcTemplate jdbc;

    public ProductController(JdbcTemplate jdbc) {
        this.jdbc = jdbc;
    }

    @GetMapping("/products")
    public List<Map<String, Object>> search(@RequestParam String term, @RequestParam(defaultValue = "name") String sort) {
        StringBuilder sql = new StringBuilder("SELECT id, name FROM products WHERE name LIKE ?");
        sql.append(" ORDER BY ").append(sort);
        return jdbc.queryForList(sql.toString(), "%" + term + "%"); // expect: CWE-89
    }
}
