package com.example.pipelines;

import java.util.Map;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.Constructor;
import org.yaml.snakeyaml.LoaderOptions;

@RestController
public class PipelineController {
    @PostMapping("/pipelines")
    public int create(@RequestBody String text) {
        Yaml yaml = new Yaml(new Constructor(Object.class, new LoaderOptions()));
        Map<String, Object> document = yaml.load(text); // expect: CWE-502
        return document.size();
    }
}
