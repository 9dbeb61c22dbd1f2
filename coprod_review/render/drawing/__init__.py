"""What pictures are made of: colours, text whose width is estimated, shapes, and the layouts of each kind of chart."""
