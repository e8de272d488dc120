package game

import "math/rand"

func Shuffle(cards []string) {
	rand.Shuffle(len(cards), func(i, j int) { cards[i], cards[j] = cards[j], cards[i] })
}

func Roll() int {
	return rand.Intn(6) + 1
}
