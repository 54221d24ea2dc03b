using System.Collections.Frozen;

namespace LinkMonitor.Placements;

/// <summary>
/// The currencies of ISO 4217 that are in use, with their decimals. A table of our own: what a system's ICU knows depends on its version.
/// Source: list one of the ISO 4217 maintenance agency, https://www.six-group.com/en/products-services/financial-information/data-standards.html,
/// without funds, metals, bond units and test codes.
/// </summary>
internal static class Currencies
{
    private const int Usual = 2;

    private const string WithoutDecimals = "BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX VND VUV XAF XOF XPF";

    private const string WithThree = "BHD IQD JOD KWD LYD OMR TND";

    private const string WithTwo =
        "AED AFN ALL AMD AOA ARS AUD AWG AZN BAM BBD BDT BGN BMD BND BOB BRL BSD BTN BWP BYN BZD CAD CDF CHF CNY COP CRC CUP CVE CZK "
        + "DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GTQ GYD HKD HNL HTG HUF IDR ILS INR IRR JMD KES KGS KHR KPW KYD KZT "
        + "LAK LBP LKR LRD LSL MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK MXN MYR MZN NAD NGN NIO NOK NPR NZD PAB PEN PGK PHP PKR PLN "
        + "QAR RON RSD RUB SAR SBD SCR SDG SEK SGD SHP SLE SOS SRD SSP STN SVC SYP SZL THB TJS TMT TOP TRY TTD TWD TZS UAH USD UYU UZS "
        + "VED VES WST XCD XCG YER ZAR ZMW ZWG";

    private static readonly FrozenDictionary<string, int> ByCode = Entries(WithoutDecimals, 0)
        .Concat(Entries(WithTwo, Usual))
        .Concat(Entries(WithThree, 3))
        .ToFrozenDictionary(StringComparer.Ordinal);

    public static IEnumerable<string> All => ByCode.Keys;

    /// <summary>How many decimals a currency has, 0 to 3; null when there is no such currency.</summary>
    /// <param name="code">Three upper-case letters.</param>
    public static int? Decimals(string code) => ByCode.TryGetValue(code, out var decimals) ? decimals : null;

    private static IEnumerable<KeyValuePair<string, int>> Entries(string codes, int decimals) =>
        codes.Split(' ').Select(code => KeyValuePair.Create(code, decimals));
}
