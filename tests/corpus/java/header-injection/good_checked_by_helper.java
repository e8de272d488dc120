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
        rejectLineBreaks(id);
        ((HttpServletResponse) rs).setHeader("X-Correlation-Id", id);
        chain.doFilter(rq, rs);
    }
    private static void rejectLineBreaks(String value) {
        if (value.indexOf('\r') != -1 || value.indexOf('\n') != -1) {
            throw new IllegalArgumentException("line breaks");
        }
    }
}
