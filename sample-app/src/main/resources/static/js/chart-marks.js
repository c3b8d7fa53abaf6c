// Draws into a chart over time what happened to the nodes, a line for each event, and when
// the client learned the topology because of it, a triangle.

const SIGNS = { LOST: '✕', RETURNED: '✓', PROMOTED: '↑' };

const LINE_HEIGHT = 13;

const SIZE = 4;

function drawEvent(context, { top, bottom, x, row, text, colours }) {
  context.strokeStyle = colours.line;
  context.setLineDash([3, 3]);
  context.beginPath();
  context.moveTo(x, top);
  context.lineTo(x, bottom);
  context.stroke();
  const { width } = context.measureText(text);
  const baseline = top + LINE_HEIGHT * (row + 1);
  context.fillStyle = colours.surface;
  context.fillRect(x - width - 5, baseline - LINE_HEIGHT + 2, width + 4, LINE_HEIGHT);
  context.fillStyle = colours.text;
  context.fillText(text, x - 3, baseline);
}

function drawTriangle(context, x, bottom, colours) {
  context.fillStyle = colours.text;
  context.beginPath();
  context.moveTo(x, bottom - 2 * SIZE);
  context.lineTo(x + SIZE, bottom);
  context.lineTo(x - SIZE, bottom);
  context.fill();
}

export const troubleMarks = {
  id: 'troubleMarks',
  afterDatasetsDraw({ ctx, chartArea: { top, bottom }, scales }, args, { events = [], refreshes = [], colours }) {
    ctx.save();
    ctx.font = '11px system-ui, sans-serif';
    ctx.textAlign = 'right';
    events.forEach(({ x, port, kind }, row) =>
      drawEvent(ctx, { top, bottom, x: scales.x.getPixelForValue(x), row: row % 6, text: `${SIGNS[kind]} :${port}`,
        colours }));
    refreshes.forEach((x) => drawTriangle(ctx, scales.x.getPixelForValue(x), bottom, colours));
    ctx.restore();
  },
};
