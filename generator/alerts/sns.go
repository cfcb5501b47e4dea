package alerts

import (
	"encoding/json"
	"strings"
)

// snsPayload is the body that Amazon SNS posts. The message of a CloudWatch alarm is JSON
// in a text.
type snsPayload struct {
	Type      text `json:"Type"`
	Message   text `json:"Message"`
	Subscribe text `json:"SubscribeURL"`
}

// cloudWatchAlarm is the message of a CloudWatch alarm.
type cloudWatchAlarm struct {
	Name        text `json:"AlarmName"`
	Description text `json:"AlarmDescription"`
	Account     text `json:"AWSAccountId"`
	State       text `json:"NewStateValue"`
	Reason      text `json:"NewStateReason"`
	Time        text `json:"StateChangeTime"`
	Region      text `json:"Region"`
	ARN         text `json:"AlarmArn"`
	Trigger     struct {
		Metric     text        `json:"MetricName"`
		Namespace  text        `json:"Namespace"`
		Dimensions []dimension `json:"Dimensions"`
	} `json:"Trigger"`
}

// dimension is a dimension of a metric; its keys may begin with a capital letter.
type dimension struct {
	Name  text `json:"name"`
	Value text `json:"value"`
}

func readSNS(data []byte) ([]Event, error) {
	const kind = "sns"
	var p snsPayload
	if err := decode(kind, data, &p); err != nil {
		return nil, err
	}
	switch p.Type {
	case "SubscriptionConfirmation":
		return note(kind,
			"a request of Amazon SNS to confirm the subscription; allclear opens no address. To confirm it, open the SubscribeURL "+
				"of the payload yourself, if you have made the subscription"), nil
	case "UnsubscribeConfirmation":
		return note(kind, "the message of Amazon SNS that the subscription has ended; nothing to do, unless you still want its alarms"), nil
	case "Notification":
	case "":
		return nil, missing(kind, "Type")
	default:
		return nil, unknownValue(kind, "Type", string(p.Type), "Notification", "SubscriptionConfirmation")
	}
	return readSNSMessage([]byte(p.Message))
}

// readSNSMessage reads the message of a notification.
func readSNSMessage(message []byte) ([]Event, error) {
	var top map[string]json.RawMessage
	if json.Unmarshal(message, &top) != nil {
		return nil, errorf("subscribe to the topic of a CloudWatch alarm", "the payload of sns cannot be read: the field %q is no JSON",
			"Message")
	}
	if s := recognize(top); s != nil && s.kind != "sns" && s.kind != "github-dispatch" && s.kind != "github-issue" {
		return s.read(message)
	}
	return readCloudWatch(message)
}

// readSNSRecords reads what AWS Lambda receives.
func readSNSRecords(data []byte) ([]Event, error) {
	var p struct {
		Records []struct {
			SNS *snsPayload `json:"Sns"`
		} `json:"Records"`
	}
	if err := decode("sns", data, &p); err != nil {
		return nil, err
	}
	var events []Event
	for _, r := range p.Records {
		if r.SNS == nil {
			return nil, missing("sns", "Records.Sns")
		}
		found, err := readSNSMessage([]byte(r.SNS.Message))
		if err != nil {
			return nil, err
		}
		events = append(events, found...)
	}
	if len(events) == 0 {
		return nil, missing("sns", "Records.Sns")
	}
	return events, nil
}

func readCloudWatch(data []byte) ([]Event, error) {
	const kind = "sns"
	var p cloudWatchAlarm
	if err := decode(kind, data, &p); err != nil {
		return nil, err
	}
	if p.Name == "" {
		return nil, missing(kind, "AlarmName")
	}
	a := Alert{Name: string(p.Name), Summary: string(p.Reason)}
	for _, word := range strings.FieldsFunc(string(p.Description), func(r rune) bool { return strings.ContainsRune(" ,;\n\t", r) }) {
		if name, value, found := strings.Cut(word, "="); found && name != "" {
			a.label(name, value)
		}
	}
	a.label("aws_region", string(p.Region))
	a.label("account", string(p.Account))
	a.label("namespace", string(p.Trigger.Namespace))
	a.label("metric", string(p.Trigger.Metric))
	for _, d := range p.Trigger.Dimensions {
		a.label(string(d.Name), string(d.Value))
	}
	at := a.time("StateChangeTime", p.Time)
	switch p.State {
	case "ALARM":
		a.Firing, a.Start = true, at
	case "OK":
		a.End = at
	case "INSUFFICIENT_DATA":
		return note(kind, "CloudWatch has too few data to know how %s is, so nothing changes", quoted(a.Name)), nil
	case "":
		return nil, missing(kind, "NewStateValue")
	default:
		return nil, unknownValue(kind, "NewStateValue", string(p.State), "ALARM", "OK", "INSUFFICIENT_DATA")
	}
	return single(kind, hash(string(p.Account), string(p.Region), string(p.Name)), a), nil
}
