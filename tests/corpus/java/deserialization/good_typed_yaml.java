package com.example.app;

import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.Constructor;

public class YamlImport {
    public Settings read(HttpServletRequest request) throws IOException {
        Yaml yaml = new Yaml(new Constructor(Settings.class, new LoaderOptions()));
        return yaml.load(request.getReader());
    }
}
