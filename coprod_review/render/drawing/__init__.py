"""Drawing of charts: colours, text whose width is estimated, a canvas, and the layout of each kind of chart."""
