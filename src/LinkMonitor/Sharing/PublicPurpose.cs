namespace LinkMonitor.Sharing;

/// <summary>What a public address is for; a token for one purpose opens no other.</summary>
public enum PublicPurpose
{
    Unsubscribe,
    Link,
    Recheck,
    Mute,
    Alert,
    Feed,
    Report,
}
