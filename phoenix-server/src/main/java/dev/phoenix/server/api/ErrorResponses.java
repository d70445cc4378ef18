package dev.phoenix.server.api;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.apache.tomcat.util.http.InvalidParameterException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.web.ErrorResponse;
import org.springframework.web.HttpMediaTypeNotSupportedException;
import org.springframework.web.bind.MethodArgumentNotValidException;
import org.springframework.web.bind.MissingRequestCookieException;
import org.springframework.web.bind.MissingServletRequestParameterException;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.context.request.async.AsyncRequestNotUsableException;
import org.springframework.web.method.annotation.HandlerMethodValidationException;
import org.springframework.web.method.annotation.MethodArgumentTypeMismatchException;
import org.springframework.web.servlet.NoHandlerFoundException;

/**
 * The one shape of errors: plain text, except where a client's parameters are told apart by machine
 * code.
 */
@RestControllerAdvice
@Order(Ordered.LOWEST_PRECEDENCE)
class ErrorResponses {

    private static final Logger log = LoggerFactory.getLogger(ErrorResponses.class);
    private static final MediaType TEXT =
            new MediaType(MediaType.TEXT_PLAIN, StandardCharsets.UTF_8);

    @ExceptionHandler
    ResponseEntity<String> refused(ApiException e) {
        HttpHeaders headers = new HttpHeaders();
        e.retryAfter()
                .ifPresent(
                        wait ->
                                headers.set(
                                        HttpHeaders.RETRY_AFTER,
                                        String.valueOf(Math.max(1, wait.toSeconds()))));
        return ResponseEntity.status(e.status())
                .headers(headers)
                .contentType(TEXT)
                .body(e.getMessage());
    }

    @ExceptionHandler
    ResponseEntity<ValidationError.Detail> mistyped(MethodArgumentTypeMismatchException e) {
        return invalid(List.of(ParameterErrors.mistyped(e)));
    }

    @ExceptionHandler
    ResponseEntity<ValidationError.Detail> outOfRange(
            HandlerMethodValidationException e, HttpServletRequest request) {
        return invalid(ParameterErrors.outOfRange(e, request));
    }

    @ExceptionHandler
    ResponseEntity<ValidationError.Detail> missing(MissingServletRequestParameterException e) {
        return invalid(List.of(ParameterErrors.missing(e)));
    }

    @ExceptionHandler
    ResponseEntity<ValidationError.Detail> missing(MissingRequestCookieException e) {
        return invalid(List.of(ParameterErrors.missing(e)));
    }

    @ExceptionHandler
    ResponseEntity<ValidationError.Detail> unreadable(HttpMessageNotReadableException e) {
        return invalid(List.of(BodyErrors.unreadable(e)));
    }

    @ExceptionHandler
    ResponseEntity<ValidationError.Detail> noJson(HttpMediaTypeNotSupportedException e) {
        return invalid(List.of(BodyErrors.noObject()));
    }

    @ExceptionHandler
    ResponseEntity<ValidationError.Detail> incomplete(MethodArgumentNotValidException e) {
        return invalid(BodyErrors.invalid(e));
    }

    @ExceptionHandler
    ResponseEntity<ValidationError.Detail> invalid(InvalidBody e) {
        return invalid(e.errors());
    }

    @ExceptionHandler
    ResponseEntity<String> undecodable(InvalidParameterException e) {
        return text(
                HttpStatus.BAD_REQUEST,
                "query parameters must be percent-encoded UTF-8, such as %C3%A9 for é");
    }

    @ExceptionHandler
    ResponseEntity<String> unknownPath(NoHandlerFoundException e) {
        boolean reading = e.getHttpMethod().equals("GET") || e.getHttpMethod().equals("HEAD");
        return reason(reading ? HttpStatus.NOT_FOUND : HttpStatus.METHOD_NOT_ALLOWED);
    }

    /** The client went away; there is nobody to answer. */
    @ExceptionHandler
    void gone(AsyncRequestNotUsableException e) {
        log.debug("client closed the connection: {}", e.getMessage());
    }

    /**
     * An answer that has begun cannot become an error any more: thrown on, the failure makes the
     * server break the connection, so that nobody takes the part for the whole.
     */
    @ExceptionHandler
    ResponseEntity<String> unexpected(
            Exception e, HttpServletRequest request, HttpServletResponse response)
            throws Exception {
        if (response.isCommitted()) {
            throw e;
        }
        ApiException caused = KnownFailures.find(e);
        if (caused != null) {
            return refused(caused);
        }
        if (e instanceof ErrorResponse known && known.getStatusCode().is4xxClientError()) {
            return reason(known.getStatusCode());
        }
        log.error("{} {} failed", request.getMethod(), request.getRequestURI(), e);
        return reason(HttpStatus.INTERNAL_SERVER_ERROR);
    }

    static ResponseEntity<String> reason(HttpStatusCode status) {
        HttpStatus known = HttpStatus.resolve(status.value());
        return text(status, known == null ? "Error " + status.value() : known.getReasonPhrase());
    }

    private static ResponseEntity<String> text(HttpStatusCode status, String message) {
        return ResponseEntity.status(status).contentType(TEXT).body(message);
    }

    private static ResponseEntity<ValidationError.Detail> invalid(List<ValidationError> errors) {
        return ResponseEntity.unprocessableContent()
                .contentType(MediaType.APPLICATION_JSON)
                .body(new ValidationError.Detail(errors));
    }
}
