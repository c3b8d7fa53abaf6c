package io.github.hotplate.request;

import java.io.IOException;
import java.io.PrintWriter;

import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;
import org.jspecify.annotations.Nullable;

/**
 * A response that writes a header before it may be committed, whichever call does that.
 */
final class ServerTimingResponse extends HttpServletResponseWrapper {

	private static final String CONTENT_LENGTH = "Content-Length";

	private final HttpServletResponse response;

	private final ServerTimingHeader header;

	private @Nullable ServletOutputStream outputStream;

	private @Nullable PrintWriter writer;

	ServerTimingResponse(HttpServletResponse response, ServerTimingHeader header) {
		super(response);
		this.response = response;
		this.header = header;
	}

	@Override
	public ServletOutputStream getOutputStream() throws IOException {
		ServletOutputStream stream = this.outputStream;
		if (stream == null) {
			stream = new ServerTimingOutputStream(super.getOutputStream(), this.response, this.header);
			this.outputStream = stream;
		}
		return stream;
	}

	@Override
	public PrintWriter getWriter() throws IOException {
		PrintWriter writer = this.writer;
		if (writer == null) {
			writer = new ServerTimingWriter(super.getWriter(), this.response, this.header);
			this.writer = writer;
		}
		return writer;
	}

	@Override
	public void flushBuffer() throws IOException {
		beforeCommit();
		super.flushBuffer();
	}

	@Override
	public void sendError(int status) throws IOException {
		beforeCommit();
		super.sendError(status);
	}

	@Override
	public void sendError(int status, String message) throws IOException {
		beforeCommit();
		super.sendError(status, message);
	}

	@Override
	public void sendRedirect(String location) throws IOException {
		beforeCommit();
		super.sendRedirect(location);
	}

	@Override
	public void sendRedirect(String location, int status) throws IOException {
		beforeCommit();
		super.sendRedirect(location, status);
	}

	@Override
	public void sendRedirect(String location, boolean clearBuffer) throws IOException {
		beforeCommit();
		super.sendRedirect(location, clearBuffer);
	}

	@Override
	public void sendRedirect(String location, int status, boolean clearBuffer) throws IOException {
		beforeCommit();
		super.sendRedirect(location, status, clearBuffer);
	}

	private void beforeCommit() {
		this.header.beforeCommit(this.response);
	}

	@Override
	public void setContentLength(int length) {
		this.header.contentLength(length, this.response);
		super.setContentLength(length);
	}

	@Override
	public void setContentLengthLong(long length) {
		this.header.contentLength(length, this.response);
		super.setContentLengthLong(length);
	}

	@Override
	public void setHeader(String name, @Nullable String value) {
		note(name, value);
		super.setHeader(name, value);
	}

	@Override
	public void addHeader(String name, @Nullable String value) {
		note(name, value);
		super.addHeader(name, value);
	}

	private void note(String name, @Nullable String value) {
		if (ServerTimingHeader.NAME.equalsIgnoreCase(name)) {
			this.header.resetHeaders();
		}
		else if (CONTENT_LENGTH.equalsIgnoreCase(name) && value != null) {
			noteLength(value);
		}
	}

	private void noteLength(String length) {
		try {
			this.header.contentLength(Long.parseLong(length), this.response);
		}
		catch (NumberFormatException ex) {
			// The container decides what becomes of such a header.
		}
	}

	@Override
	public void setIntHeader(String name, int value) {
		noteLength(name, value);
		super.setIntHeader(name, value);
	}

	@Override
	public void addIntHeader(String name, int value) {
		noteLength(name, value);
		super.addIntHeader(name, value);
	}

	private void noteLength(String name, int value) {
		if (CONTENT_LENGTH.equalsIgnoreCase(name)) {
			this.header.contentLength(value, this.response);
		}
	}

	@Override
	public void reset() {
		super.reset();
		this.header.resetBuffer();
		this.header.resetHeaders();
		this.outputStream = null;
		this.writer = null;
	}

	@Override
	public void resetBuffer() {
		super.resetBuffer();
		this.header.resetBuffer();
	}

}
