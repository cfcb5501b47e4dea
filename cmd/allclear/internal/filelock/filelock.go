// Package filelock locks a file against other programs, where the system can.
package filelock
