package io.github.hotplate.request;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;

import io.micrometer.common.KeyValue;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationHandler;
import jakarta.annotation.PreDestroy;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.awaitility.Awaitility;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.web.servlet.ServletRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.data.redis.core.StringRedisTemplate;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.http.server.observation.ServerRequestObservationContext;
import org.springframework.scheduling.annotation.Async;
import org.springframework.scheduling.annotation.EnableAsync;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.context.request.async.DeferredResult;
import org.springframework.web.server.ResponseStatusException;
import org.springframework.web.servlet.function.RouterFunction;
import org.springframework.web.servlet.function.RouterFunctions;
import org.springframework.web.servlet.function.ServerResponse;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;
import org.springframework.web.servlet.mvc.method.annotation.StreamingResponseBody;

import io.github.hotplate.activity.RedisActivity;

/**
 * An application that uses Redis in every way in which a request can be served.
 */
@Configuration(proxyBeanMethods = false)
@EnableAutoConfiguration
@EnableAsync
@Import({ ShopApplication.ShopController.class, ShopApplication.ForwardController.class, ShopApplication.Stock.class })
class ShopApplication {

	static final int BIG = 100_000;

	@Bean
	Observations observations() {
		return new Observations();
	}

	@Bean
	RouterFunction<ServerResponse> functionalRoute(Stock stock) {
		return RouterFunctions.route().GET("/functional/{id}", (request) -> {
			stock.get(2);
			return ServerResponse.ok().body("functional");
		}).build();
	}

	@Bean
	ServletRegistrationBean<LegacyServlet> legacyServlet(Stock stock) {
		return new ServletRegistrationBean<>(new LegacyServlet(stock), "/legacy/*");
	}

	static final class LegacyServlet extends HttpServlet {

		private final transient Stock stock;

		LegacyServlet(Stock stock) {
			this.stock = stock;
		}

		@Override
		protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
			this.stock.get(2);
			response.getWriter().println("legacy");
		}

	}

	/**
	 * The observations of requests that have ended, by the request's path.
	 */
	static final class Observations implements ObservationHandler<ServerRequestObservationContext> {

		private final Map<String, Map<String, String>> ended = new ConcurrentHashMap<>();

		@Override
		public boolean supportsContext(Observation.Context context) {
			return context instanceof ServerRequestObservationContext;
		}

		@Override
		public void onStop(ServerRequestObservationContext context) {
			Map<String, String> values = new ConcurrentHashMap<>();
			for (KeyValue value : context.getHighCardinalityKeyValues()) {
				values.put(value.getKey(), value.getValue());
			}
			this.ended.put(context.getCarrier().getRequestURI(), values);
		}

		Map<String, String> of(String path) {
			return this.ended.getOrDefault(path, Map.of());
		}

	}

	static class Stock {

		private final StringRedisTemplate foo;

		Stock(StringRedisTemplate foo) {
			this.foo = foo;
		}

		void get(int count) {
			IntStream.range(0, count).forEach((i) -> this.foo.opsForValue().get("item:" + i));
		}

		@Async
		CompletableFuture<String> later(int count) {
			get(count);
			return CompletableFuture.completedFuture("later");
		}

	}

	@RestController
	static class ShopController {

		private final Stock stock;

		private final StringRedisTemplate bar;

		private final ExecutorService executor = Executors.newCachedThreadPool();

		ShopController(Stock stock, StringRedisTemplate bar) {
			this.stock = stock;
			this.bar = bar;
		}

		@PreDestroy
		void stop() {
			this.executor.shutdownNow();
		}

		@GetMapping("/cart/{id}")
		String cart(@PathVariable String id) {
			this.stock.get(41);
			this.stock.get(7);
			return "cart";
		}

		@GetMapping("/wishes/{id}")
		String wishes() {
			this.stock.get(41);
			this.stock.get(7);
			return "wishes";
		}

		@GetMapping("/thread")
		String thread() {
			this.stock.get(2);
			return Thread.currentThread().toString();
		}

		@GetMapping("/items/{count}")
		String items(@PathVariable int count) {
			this.stock.get(count);
			return "items";
		}

		@GetMapping("/both")
		String both() {
			this.stock.get(2);
			this.bar.opsForValue().get("price");
			return "both";
		}

		@GetMapping("/failing")
		String failing() {
			this.bar.opsForValue().set("text", "x");
			try {
				this.bar.opsForList().leftPush("text", "y");
			}
			catch (RuntimeException ex) {
				// Expected.
			}
			return "failing";
		}

		@GetMapping("/own")
		String own(HttpServletResponse response) {
			response.addHeader("Server-Timing", "db;dur=53");
			response.addHeader("Server-Timing", "cache;desc=\"hit\"");
			this.stock.get(2);
			return "own";
		}

		@GetMapping("/own-late")
		void ownLate(HttpServletResponse response) throws IOException {
			this.stock.get(2);
			response.getWriter().write("x".repeat(2_000));
			response.setHeader("Server-Timing", "db;dur=53");
			response.getWriter().write("x".repeat(BIG));
		}

		@GetMapping("/flush")
		void flush(HttpServletResponse response) throws IOException {
			this.stock.get(2);
			response.flushBuffer();
			this.stock.get(3);
			response.getWriter().print("flush");
		}

		@GetMapping("/stream-flush")
		void streamFlush(HttpServletResponse response) throws IOException {
			this.stock.get(2);
			response.getOutputStream().print("flush");
			response.getOutputStream().flush();
			this.stock.get(3);
		}

		@GetMapping("/writer-flush")
		void writerFlush(HttpServletResponse response) throws IOException {
			this.stock.get(2);
			response.getWriter().print("flush");
			response.getWriter().flush();
			this.stock.get(3);
		}

		@GetMapping("/writer-check")
		void writerCheck(HttpServletResponse response) throws IOException {
			this.stock.get(2);
			response.getWriter().checkError();
			this.stock.get(3);
		}

		@GetMapping("/stream-close")
		void streamClose(HttpServletResponse response) throws IOException {
			this.stock.get(2);
			response.getOutputStream().close();
			this.stock.get(3);
		}

		@GetMapping("/writer-close")
		void writerClose(HttpServletResponse response) throws IOException {
			this.stock.get(2);
			response.getWriter().close();
			this.stock.get(3);
		}

		@GetMapping("/stream-full")
		void streamFull(HttpServletResponse response) throws IOException {
			this.stock.get(2);
			byte[] page = "0123456789".getBytes(StandardCharsets.US_ASCII);
			for (int i = 0; i < BIG / page.length; i++) {
				response.getOutputStream().write(page);
			}
			this.stock.get(3);
		}

		@GetMapping("/stream-bytes")
		void streamBytes(HttpServletResponse response) throws IOException {
			this.stock.get(2);
			for (int i = 0; i < BIG; i++) {
				response.getOutputStream().write('x');
			}
			this.stock.get(3);
		}

		@GetMapping("/writer-full")
		void writerFull(HttpServletResponse response) throws IOException {
			response.setContentType("text/plain;charset=UTF-8");
			this.stock.get(1);
			for (int i = 0; i < BIG; i++) {
				if (i == 2_000) {
					this.stock.get(1);
				}
				response.getWriter().print('\u20AC');
			}
			this.stock.get(3);
		}

		@GetMapping("/length")
		void length(HttpServletResponse response) throws IOException {
			this.stock.get(2);
			response.setContentLength(4);
			response.getOutputStream().print("full");
		}

		@GetMapping("/reset")
		void reset(HttpServletResponse response) throws IOException {
			response.getWriter().write("x".repeat(2_000));
			this.stock.get(2);
			response.reset();
			response.getOutputStream().print("reset");
		}

		@GetMapping("/send-error")
		void sendError(HttpServletResponse response) throws IOException {
			this.stock.get(2);
			response.sendError(HttpStatus.I_AM_A_TEAPOT.value());
		}

		@GetMapping("/redirect")
		void redirect(HttpServletResponse response) throws IOException {
			this.stock.get(2);
			response.sendRedirect("/items/0");
		}

		@GetMapping("/entity")
		ResponseEntity<String> entity() {
			this.stock.get(2);
			return ResponseEntity.status(HttpStatus.CONFLICT).body("conflict");
		}

		@GetMapping("/status")
		String status() {
			this.stock.get(2);
			throw new ResponseStatusException(HttpStatus.GONE);
		}

		@GetMapping("/exception")
		String exception() {
			this.stock.get(2);
			throw new IllegalStateException("planted");
		}

		@GetMapping("/callable/{id}")
		Callable<String> callable() {
			this.stock.get(1);
			return () -> {
				this.stock.get(1);
				return "callable";
			};
		}

		@GetMapping("/callable-exception")
		Callable<String> callableException() {
			this.stock.get(1);
			return () -> {
				this.stock.get(1);
				throw new IllegalStateException("planted");
			};
		}

		@GetMapping("/async")
		CompletableFuture<String> async() {
			this.stock.get(1);
			return this.stock.later(1);
		}

		@GetMapping("/deferred")
		DeferredResult<String> deferred() {
			this.stock.get(1);
			DeferredResult<String> result = new DeferredResult<>();
			this.executor.execute(RedisActivity.propagate(() -> {
				this.stock.get(1);
				result.setResult("deferred");
			}));
			return result;
		}

		@GetMapping("/timeout")
		DeferredResult<String> timeout() {
			this.stock.get(2);
			return new DeferredResult<>(1L);
		}

		@GetMapping("/streaming")
		StreamingResponseBody streaming() {
			this.stock.get(2);
			return (stream) -> {
				stream.write(new byte[BIG]);
				this.stock.get(3);
				stream.write(new byte[10]);
			};
		}

		@GetMapping("/events")
		SseEmitter events(HttpServletResponse response) {
			this.stock.get(1);
			SseEmitter emitter = new SseEmitter();
			this.executor.execute(RedisActivity.propagate(() -> {
				try {
					this.stock.get(1);
					emitter.send("one");
					// What is sent before the emitter has been returned is kept for
					// later.
					Awaitility.await().until(response::isCommitted);
					this.stock.get(3);
					emitter.send("two");
					emitter.complete();
				}
				catch (IOException ex) {
					emitter.completeWithError(ex);
				}
			}));
			return emitter;
		}

		@GetMapping("/raw-async")
		void rawAsync(HttpServletRequest request) {
			this.stock.get(1);
			var context = request.startAsync();
			context.start(RedisActivity.propagate(() -> {
				this.stock.get(1);
				context.complete();
			}));
		}

	}

	@Controller
	static class ForwardController {

		private final Stock stock;

		ForwardController(Stock stock) {
			this.stock = stock;
		}

		@GetMapping("/forward")
		String forward() {
			this.stock.get(1);
			return "forward:/items/1";
		}

	}

}
