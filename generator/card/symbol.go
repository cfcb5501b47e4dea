package card

import (
	"fmt"
	"image"
	"image/color"
	"math"
	"strconv"
	"strings"
)

// parseColour parses #rrggbb.
func parseColour(hex string) (color.RGBA, error) {
	n, err := strconv.ParseUint(strings.TrimPrefix(hex, "#"), 16, 24)
	if err != nil || len(hex) != len("#rrggbb") {
		return color.RGBA{}, fmt.Errorf("%q is not a colour such as #177245", hex)
	}
	return color.RGBA{uint8(n >> 16), uint8(n >> 8), uint8(n), 0xff}, nil
}

// pathStep is a step of a path: its letter and its points.
type pathStep struct {
	letter byte
	points []float32 // x, y, x, y …
}

// parsePath parses an SVG path of absolute M, L, C and Z.
func parsePath(path string) ([]pathStep, error) {
	if !strings.HasPrefix(path, "M") {
		return nil, fmt.Errorf("the path %q does not begin with M", path)
	}
	var steps []pathStep
	for path != "" {
		letter := path[0]
		rest := path[1:]
		end := strings.IndexAny(rest, "MLCZ")
		if end < 0 {
			end = len(rest)
		}
		step := pathStep{letter: letter}
		for _, field := range strings.Fields(rest[:end]) {
			x, err := strconv.ParseFloat(field, 32)
			if err != nil {
				return nil, fmt.Errorf("the path step %q: %w", path, err)
			}
			step.points = append(step.points, float32(x))
		}
		if want := map[byte]int{'M': 2, 'L': 2, 'C': 6}[letter]; len(step.points) != want {
			return nil, fmt.Errorf("the path step %q has %d numbers, not %d", path, len(step.points), want)
		}
		steps, path = append(steps, step), rest[end:]
	}
	return steps, nil
}

// symbol draws a symbol in a square at x, y. The sizes are in pixels.
func (c canvas) symbol(s Symbol, x, y, size int) error {
	colour, err := parseColour(s.Colour)
	if err != nil {
		return err
	}
	steps, err := parsePath(s.Shape)
	if err != nil {
		return err
	}
	unit := float32(size) / 20
	paint := func(tone color.Color, path func(*pen)) { c.fill(image.Rect(x, y, x+size, y+size), tone, path) }
	paint(colour, disc(10*unit, 10*unit, 10*unit))
	for _, s := range steps {
		for i := range s.points {
			s.points[i] *= unit
		}
	}
	if s.Solid {
		paint(white, solid(steps))
		return nil
	}
	var from []float32 // where the line is
	for _, s := range steps {
		paint(white, disc(s.points[0], s.points[1], unit))
		if s.letter == 'L' {
			paint(white, slab(from[0], from[1], s.points[0], s.points[1], unit))
		}
		from = s.points
	}
	return nil
}

// solid traces the outline of a filled shape.
func solid(steps []pathStep) func(*pen) {
	return func(r *pen) {
		for _, s := range steps {
			switch at := s.points; s.letter {
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

// slab is a thick line of half a width to each side.
func slab(x1, y1, x2, y2, half float32) func(*pen) {
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

// curve is how far the handles of a cubic curve lie from its ends to make a
// quarter of a circle of radius 1.
const curve = 0.5522848

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
