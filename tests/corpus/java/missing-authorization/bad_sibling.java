package com.example.articles;

import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

@RestController
public class ArticleController {
    private final ArticleService articles;

    public ArticleController(ArticleService articles) {
        this.articles = articles;
    }

    @PostMapping("/articles")
    @PreAuthorize("hasRole('EDITOR')")
    public Article create(@RequestBody ArticleForm form) {
        return articles.create(form);
    }

    @PutMapping("/articles/{id}")
    @PreAuthorize("hasRole('EDITOR')")
    public Article update(@PathVariable long id, @RequestBody ArticleForm form) {
        return articles.update(id, form);
    }

    @DeleteMapping("/articles/{id}") // expect: CWE-862
    public void delete(@PathVariable long id) {
        articles.delete(id);
    }
}
