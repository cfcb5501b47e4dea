package card

import (
	"fmt"
	"image"
	"image/color"
	"math"
	"slices"
	"strconv"
	"strings"
)

// parseColor parses #rrggbb.
func parseColor(hex string) (color.RGBA, error) {
	digits, found := strings.CutPrefix(hex, "#")
	n, err := strconv.ParseUint(digits, 16, 24)
	if err != nil || !found || len(digits) != 6 {
		return color.RGBA{}, fmt.Errorf("%q is not a color such as #177245", hex)
	}
	return color.RGBA{uint8(n >> 16), uint8(n >> 8), uint8(n), 0xff}, nil
}

// pathStep is one command of an SVG path with its points.
type pathStep struct {
	command byte
	points  []float32 // x, y, x, y …
}

// square is the side of the square in which shapes are given.
const square = 20

// numbersOf is how many numbers each command takes.
var numbersOf = map[byte]int{'M': 2, 'L': 2, 'C': 6, 'Z': 0}

// parsePath parses an SVG path whose commands are absolute M, L, C and Z. It begins with
// M, and its points are in the square.
func parsePath(path string) ([]pathStep, error) {
	if !strings.HasPrefix(path, "M") {
		return nil, fmt.Errorf("the path %q does not begin with M", path)
	}
	var steps []pathStep
	for path != "" {
		step := pathStep{command: path[0]}
		rest := path[1:]
		end := strings.IndexAny(rest, "MLCZ")
		if end < 0 {
			end = len(rest)
		}
		for _, field := range strings.Fields(rest[:end]) {
			x, err := strconv.ParseFloat(field, 32)
			if err != nil || !(0 <= x && x <= square) { // so that NaN is none either
				return nil, fmt.Errorf("the path step %q: %q is not a number from 0 to %d", path, field, square)
			}
			step.points = append(step.points, float32(x))
		}
		if want := numbersOf[step.command]; len(step.points) != want {
			return nil, fmt.Errorf("the path step %q has %d numbers, not %d", path, len(step.points), want)
		}
		steps, path = append(steps, step), rest[end:]
	}
	return steps, nil
}

// drawSymbol draws a symbol in a square whose top left corner is at x, y, in pixels. The
// error is that of a color or a shape that cannot be parsed.
func (c *canvas) drawSymbol(s Symbol, x, y, size int) error {
	fill, err := parseColor(s.Color)
	if err != nil {
		return err
	}
	steps, err := parsePath(s.Shape)
	if err != nil {
		return err
	}
	unit := float32(size) / square
	paint := func(ink color.Color, trace func(*pen)) { c.fill(image.Rect(x, y, x+size, y+size), ink, trace) }
	paint(fill, disc(10*unit, 10*unit, 10*unit))
	for _, s := range steps {
		for i := range s.points {
			s.points[i] *= unit
		}
	}
	if s.Solid {
		paint(white, solid(steps))
		return nil
	}
	var from []float32 // where the line has come to
	for _, step := range steps {
		if step.command != 'M' && step.command != 'L' {
			return fmt.Errorf("the path %q has %c, and a line has only M and L", s.Shape, step.command)
		}
		paint(white, disc(step.points[0], step.points[1], unit))
		if step.command == 'L' && !slices.Equal(from, step.points) {
			paint(white, thickLine(from[0], from[1], step.points[0], step.points[1], unit))
		}
		from = step.points
	}
	return nil
}

// solid traces the outline of a filled shape.
func solid(steps []pathStep) func(*pen) {
	return func(r *pen) {
		for _, s := range steps {
			switch at := s.points; s.command {
			case 'M':
				r.MoveTo(at[0], at[1])
			case 'L':
				r.LineTo(at[0], at[1])
			case 'C':
				r.CubeTo(at[0], at[1], at[2], at[3], at[4], at[5])
			case 'Z':
				r.ClosePath()
			}
		}
	}
}

// thickLine traces a line between two points, half its width to each side.
func thickLine(x1, y1, x2, y2, half float32) func(*pen) {
	length := float32(math.Hypot(float64(x2-x1), float64(y2-y1)))
	dx, dy := (y2-y1)/length*half, (x1-x2)/length*half
	return func(r *pen) {
		r.MoveTo(x1+dx, y1+dy)
		r.LineTo(x2+dx, y2+dy)
		r.LineTo(x2-dx, y2-dy)
		r.LineTo(x1-dx, y1-dy)
		r.ClosePath()
	}
}

// curve is the distance of a cubic Bézier curve's control points from its ends with which
// it comes closest to a quarter of a circle of radius 1.
const curve = 0.5522848

// disc traces a circle.
func disc(x, y, radius float32) func(*pen) {
	k := radius * curve
	return func(r *pen) {
		r.MoveTo(x+radius, y)
		r.CubeTo(x+radius, y+k, x+k, y+radius, x, y+radius)
		r.CubeTo(x-k, y+radius, x-radius, y+k, x-radius, y)
		r.CubeTo(x-radius, y-k, x-k, y-radius, x, y-radius)
		r.CubeTo(x+k, y-radius, x+radius, y-k, x+radius, y)
		r.ClosePath()
	}
}
