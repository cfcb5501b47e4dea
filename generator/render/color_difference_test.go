package render

import (
	"fmt"
	"math"
	"testing"

	"allclear/generator/site"
)

// lab is a color in CIE L*a*b* under the illuminant D65.
type lab struct{ L, A, B float64 }

// linearColor is a color in linear sRGB.
type linearColor [3]float64

// linear returns a color without sRGB's gamma (IEC 61966-2-1).
func linear(c site.Color) linearColor {
	var out linearColor
	for i, part := range []float64{c.R, c.G, c.B} {
		out[i] = part / 12.92
		if part > 0.04045 {
			out[i] = math.Pow((part+0.055)/1.055, 2.4)
		}
	}
	return out
}

// lab returns a color in CIE L*a*b*.
func (c linearColor) lab() lab {
	f := func(t float64) float64 {
		if t > 216./24389 {
			return math.Cbrt(t)
		}
		return (24389./27*t + 16) / 116
	}
	x := f((0.4124564*c[0] + 0.3575761*c[1] + 0.1804375*c[2]) / 0.95047)
	y := f(0.2126729*c[0] + 0.7151522*c[1] + 0.0721750*c[2])
	z := f((0.0193339*c[0] + 0.1191920*c[1] + 0.9503041*c[2]) / 1.08883)
	return lab{116*y - 16, 500 * (x - y), 200 * (y - z)}
}

// degrees is an angle in degrees.
type degrees float64

func (d degrees) sin() float64 { return math.Sin(float64(d) * math.Pi / 180) }
func (d degrees) cos() float64 { return math.Cos(float64(d) * math.Pi / 180) }

// hue returns the angle of a hue, from 0 to 360.
func hue(a, b float64) degrees {
	h := degrees(math.Atan2(b, a) * 180 / math.Pi)
	if h < 0 {
		h += 360
	}
	return h
}

// colorDifference returns the distance of two colors by the formula CIEDE2000, as
// Gaurav Sharma, Wencheng Wu and Edul N. Dalal write it down in "The CIEDE2000
// Color-Difference Formula: Implementation Notes, Supplementary Test Data, and
// Mathematical Observations", Color Research & Application 30 (2005), equations 2 to 22,
// with all three weights 1.
func colorDifference(p, q lab) float64 {
	faded := func(chroma float64) float64 {
		return math.Sqrt(math.Pow(chroma, 7) / (math.Pow(chroma, 7) + math.Pow(25, 7)))
	}
	g := 0.5 * (1 - faded((math.Hypot(p.A, p.B)+math.Hypot(q.A, q.B))/2))
	a1, a2 := (1+g)*p.A, (1+g)*q.A
	c1, c2 := math.Hypot(a1, p.B), math.Hypot(a2, q.B)
	h1, h2 := hue(a1, p.B), hue(a2, q.B)

	turn, mean := h2-h1, (h1+h2)/2
	switch {
	case c1*c2 == 0:
		turn, mean = 0, h1+h2
	case turn > 180:
		turn -= 360
	case turn < -180:
		turn += 360
	}
	if c1*c2 != 0 && max(h1-h2, h2-h1) > 180 {
		if mean += 180; mean >= 360 {
			mean -= 360
		}
	}
	l, c := (p.L+q.L)/2, (c1+c2)/2
	t := 1 - 0.17*(mean-30).cos() + 0.24*(2*mean).cos() + 0.32*(3*mean+6).cos() - 0.20*(4*mean-63).cos()
	sl := 1 + 0.015*(l-50)*(l-50)/math.Sqrt(20+(l-50)*(l-50))
	sc, sh := 1+0.045*c, 1+0.015*c*t
	spread := degrees(30 * math.Exp(-math.Pow(float64(mean-275)/25, 2)))
	dl, dc, dh := (q.L-p.L)/sl, (c2-c1)/sc, 2*math.Sqrt(c1*c2)*(turn/2).sin()/sh
	return math.Sqrt(dl*dl + dc*dc + dh*dh - (2*spread).sin()*2*faded(c)*dc*dh)
}

// The pairs are all those of table 1 in the paper. They were chosen so that each of the
// usual mistakes gives another result.
func TestColorDifferencesAreThoseOfThePublishedPairs(t *testing.T) {
	for _, pair := range []struct {
		p, q lab
		want float64
	}{
		{lab{50, 2.6772, -79.7751}, lab{50, 0, -82.7485}, 2.0425},
		{lab{50, 3.1571, -77.2803}, lab{50, 0, -82.7485}, 2.8615},
		{lab{50, 2.8361, -74.0200}, lab{50, 0, -82.7485}, 3.4412},
		{lab{50, -1.3802, -84.2814}, lab{50, 0, -82.7485}, 1.0000},
		{lab{50, -1.1848, -84.8006}, lab{50, 0, -82.7485}, 1.0000},
		{lab{50, -0.9009, -85.5211}, lab{50, 0, -82.7485}, 1.0000},
		{lab{50, 0, 0}, lab{50, -1, 2}, 2.3669},
		{lab{50, -1, 2}, lab{50, 0, 0}, 2.3669},
		{lab{50, 2.4900, -0.0010}, lab{50, -2.4900, 0.0009}, 7.1792},
		{lab{50, 2.4900, -0.0010}, lab{50, -2.4900, 0.0010}, 7.1792},
		{lab{50, 2.4900, -0.0010}, lab{50, -2.4900, 0.0011}, 7.2195},
		{lab{50, 2.4900, -0.0010}, lab{50, -2.4900, 0.0012}, 7.2195},
		{lab{50, -0.0010, 2.4900}, lab{50, 0.0009, -2.4900}, 4.8045},
		{lab{50, -0.0010, 2.4900}, lab{50, 0.0010, -2.4900}, 4.8045},
		{lab{50, -0.0010, 2.4900}, lab{50, 0.0011, -2.4900}, 4.7461},
		{lab{50, 2.5, 0}, lab{50, 0, -2.5}, 4.3065},
		{lab{50, 2.5, 0}, lab{73, 25, -18}, 27.1492},
		{lab{50, 2.5, 0}, lab{61, -5, 29}, 22.8977},
		{lab{50, 2.5, 0}, lab{56, -27, -3}, 31.9030},
		{lab{50, 2.5, 0}, lab{58, 24, 15}, 19.4535},
		{lab{50, 2.5, 0}, lab{50, 3.1736, 0.5854}, 1.0000},
		{lab{50, 2.5, 0}, lab{50, 3.2972, 0}, 1.0000},
		{lab{50, 2.5, 0}, lab{50, 1.8634, 0.5757}, 1.0000},
		{lab{50, 2.5, 0}, lab{50, 3.2592, 0.3350}, 1.0000},
		{lab{60.2574, -34.0099, 36.2677}, lab{60.4626, -34.1751, 39.4387}, 1.2644},
		{lab{63.0109, -31.0961, -5.8663}, lab{62.8187, -29.7946, -4.0864}, 1.2630},
		{lab{61.2901, 3.7196, -5.3901}, lab{61.4292, 2.2480, -4.9620}, 1.8731},
		{lab{35.0831, -44.1164, 3.7933}, lab{35.0232, -40.0716, 1.5901}, 1.8645},
		{lab{22.7233, 20.0904, -46.6940}, lab{23.0331, 14.9730, -42.5619}, 2.0373},
		{lab{36.4612, 47.8580, 18.3852}, lab{36.2715, 50.5065, 21.2231}, 1.4146},
		{lab{90.8027, -2.0831, 1.4410}, lab{91.1528, -1.6435, 0.0447}, 1.4441},
		{lab{90.9257, -0.5406, -0.9208}, lab{88.6381, -0.8985, -0.7239}, 1.5381},
		{lab{6.7747, -0.2908, -2.4247}, lab{5.8714, -0.0985, -2.2286}, 0.6377},
		{lab{2.0776, 0.0795, -1.1350}, lab{0.9033, -0.0636, -0.5514}, 0.9082},
	} {
		if got := fmt.Sprintf("%.4f", colorDifference(pair.p, pair.q)); got != fmt.Sprintf("%.4f", pair.want) {
			t.Errorf("%v and %v are %s apart, not %.4f", pair.p, pair.q, got, pair.want)
		}
	}
}
