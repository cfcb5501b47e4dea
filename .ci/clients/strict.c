/* libical's strict check of what each component must and may hold: strict < CALENDAR */
#include <libical/ical.h>
#include <stdio.h>

static char text[1 << 20];

int main(void) {
  text[fread(text, 1, sizeof text - 1, stdin)] = 0;
  icalcomponent *calendar = icalparser_parse_string(text);
  if (!calendar || icalcomponent_count_errors(calendar) > 0) {
    printf("%s", calendar ? icalcomponent_as_ical_string(calendar) : "no calendar\n");
    return 1;
  }
  if (!icalrestriction_check(calendar) || icalcomponent_count_errors(calendar) > 0) {
    printf("%s", icalcomponent_as_ical_string(calendar));
    return 1;
  }
  return 0;
}
