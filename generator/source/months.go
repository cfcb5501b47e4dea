package source

import "strings"

// months are the names of months, from January on, in the languages of headings. They
// are recognized in times that must be written with numbers.
var months = []string{
	"january february march april may june july august september october november december",
	"jan feb mar apr may jun jul aug sep oct nov dec",
	"janv févr mars avr mai juin juil août sept octo nove déc",
	"januar februar märz april mai juni juli august september oktober november dezember",
	"jän feber mrz apr mai jun jul aug sept okt nov dez",
	"janvier février mars avril mai juin juillet août septembre octobre novembre décembre",
	"enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre",
	"ene feb mar abr may jun jul ago sept oct nov dic",
	"janeiro fevereiro março abril maio junho julho agosto setembro outubro novembro dezembro",
	"gennaio febbraio marzo aprile maggio giugno luglio agosto settembre ottobre novembre dicembre",
	"januari februari maart april mei juni juli augustus september oktober november december",
	"stycznia lutego marca kwietnia maja czerwca lipca sierpnia września października listopada grudnia",
	"ledna února března dubna května června července srpna září října listopadu prosince",
	"січня лютого березня квітня травня червня липня серпня вересня жовтня листопада грудня",
	"ocak şubat mart nisan mayıs haziran temmuz ağustos eylül ekim kasım aralık",
	"januari februari mars april maj juni juli augusti september oktober november december",
	"tammikuuta helmikuuta maaliskuuta huhtikuuta toukokuuta kesäkuuta heinäkuuta elokuuta syyskuuta lokakuuta marraskuuta joulukuuta",
	"जनवरी फ़रवरी मार्च अप्रैल मई जून जुलाई अगस्त सितंबर अक्टूबर नवंबर दिसंबर",
	"يناير فبراير مارس أبريل مايو يونيو يوليو أغسطس سبتمبر أكتوبر نوفمبر ديسمبر",
	"בינואר בפברואר במרץ באפריל במאי ביוני ביולי באוגוסט בספטמבר באוקטובר בנובמבר בדצמבר",
}

// monthByName maps the names of months to their numbers.
var monthByName = func() map[string]int {
	byName := map[string]int{}
	for _, list := range months {
		for i, name := range strings.Fields(list) {
			byName[name] = i + 1
		}
	}
	return byName
}()

// monthNamed returns the number of a month, or 0 for another word.
func monthNamed(name string) int { return monthByName[strings.ToLower(name)] }
