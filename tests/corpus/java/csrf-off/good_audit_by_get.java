package com.example.app;

import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;

@Controller
@RequestMapping("/admin/users")
public class UserAdminController {
    private final UserRepository userRepository;
    private final AuditLogRepository auditLogRepository;
    @GetMapping("/{id}")
    public String show(@PathVariable Long id, Model model) {
        auditLogRepository.save(new AuditLog("viewed", id));
        model.addAttribute("user", userRepository.findById(id).orElseThrow());
        return "users/show";
    }
    @DeleteMapping("/{id}")
    public String delete(@PathVariable Long id) {
        userRepository.deleteById(id);
        return "redirect:/admin/users";
    }
}
