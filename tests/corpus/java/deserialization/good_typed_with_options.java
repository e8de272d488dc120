package com.example.app;

import org.springframework.web.bind.annotation.RequestBody;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.Constructor;

public class Yml {
    public Config read(@RequestBody String text) {
        LoaderOptions options = new LoaderOptions();
        options.setAllowDuplicateKeys(false);
        Constructor constructor = new Constructor(Config.class, options);
        Yaml yaml = new Yaml(constructor);
        return yaml.loadAs(text, Config.class);
    }
}
