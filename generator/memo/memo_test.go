package memo_test

import (
	"errors"
	"sync"
	"sync/atomic"
	"testing"

	"allclear/generator/memo"
)

func TestFuncAsksOnceAndDoesNotRememberErrors(t *testing.T) {
	asked, fails := 0, true
	double := memo.Func(func(n int) (int, error) {
		asked++
		if fails {
			return 0, errors.New("not now")
		}
		return 2 * n, nil
	})
	if _, err := double(4); err == nil {
		t.Fatal("the error is lost")
	}
	fails = false
	for range 3 {
		if got, err := double(4); got != 8 || err != nil {
			t.Fatal(got, err)
		}
	}
	if asked != 2 {
		t.Errorf("asked %d times", asked)
	}
}

func TestFuncForgetsWhenItHasTooManyAnswers(t *testing.T) {
	asked := 0
	same := memo.Func(func(n int) (int, error) { asked++; return n, nil })
	for n := range 65 {
		same(n)
	}
	same(64)
	if asked != 65 {
		t.Errorf("the newest answer was not kept: asked %d times", asked)
	}
	same(0)
	if asked != 66 {
		t.Errorf("the oldest answer was kept: asked %d times", asked)
	}
}

func TestOnceAsksOnceEvenWhenManyAskTogether(t *testing.T) {
	var asked atomic.Int32
	same := memo.Once(func(n int) int { asked.Add(1); return n })
	var all sync.WaitGroup
	for range 50 {
		all.Go(func() {
			for n := range 100 {
				if same(n) != n {
					t.Error("a wrong answer")
				}
			}
		})
	}
	all.Wait()
	if asked.Load() != 100 {
		t.Errorf("asked %d times", asked.Load())
	}
}

func TestARegularExpressionIsCompiledOnceWhenItIsUsed(t *testing.T) {
	wrong := memo.Regexp(`(`) // nothing happens before the first call
	digits := memo.Regexp(`\d+`)
	first := digits()
	if found := first.FindString("build 42"); found != "42" || digits() != first {
		t.Errorf("found %q, want 42 from one and the same expression", found)
	}
	defer func() {
		if recover() == nil {
			t.Error("a wrong pattern does not panic")
		}
	}()
	wrong()
}
