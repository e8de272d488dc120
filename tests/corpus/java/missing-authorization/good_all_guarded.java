package com.example.articles;

import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

@RestController
public class ArticleController {
    private final ArticleService articles;

    public ArticleController(ArticleService articles) {
        this.articles = articles;
    }

    @GetMapping("/articles/{id}")
    public Article read(@PathVariable long id) {
        return articles.published(id);
    }

    @PostMapping("/articles")
    @PreAuthorize("hasRole('EDITOR')")
    public Article create(@RequestBody ArticleForm form) {
        return articles.create(form);
    }

    @DeleteMapping("/articles/{id}")
    @PreAuthorize("hasRole('EDITOR')")
    public void delete(@PathVariable long id) {
        articles.delete(id);
    }
}
