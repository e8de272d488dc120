package com.example.users;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

@RestController
public class UserController {
    private final UserRepository users;
    private final ObjectMapper mapper = new ObjectMapper();

    public UserController(UserRepository users) {
        this.users = users;
    }

    @PatchMapping("/users/{id}")
    public void patch(@PathVariable long id, @RequestBody String json) throws IOException {
        User user = users.findById(id).orElseThrow();
        mapper.readerForUpdating(user).readValue(json); // expect: CWE-915
        users.save(user);
    }
}
