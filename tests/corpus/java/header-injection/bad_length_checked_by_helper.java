package com.example.app;

import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

public class CorrelationFilter implements Filter {
    public void doFilter(ServletRequest rq, ServletResponse rs, FilterChain chain) throws IOException, ServletException {
        HttpServletRequest request = (HttpServletRequest) rq;
        String id = request.getParameter("correlationId");
        checkLength(id);
        ((HttpServletResponse) rs).setHeader("X-Correlation-Id", id); // expect: CWE-113
        chain.doFilter(rq, rs);
    }
    private static void checkLength(String value) {
        if (value.length() > 100) {
            throw new IllegalArgumentException("too long");
        }
    }
}
