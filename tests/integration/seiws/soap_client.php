<?php
// PHP's own SoapClient: asks what standard input says, and prints what it made of the answer.

require __DIR__ . '/latin1.php';

$asked = json_decode(stream_get_contents(STDIN));
$options = array('encoding' => 'ISO-8859-1', 'cache_wsdl' => WSDL_CACHE_NONE);
$client = new SoapClient($asked->wsdl, $options);
try {
    $answer = $client->__soapCall($asked->operation, in_latin1($asked->arguments));
    echo json_encode(array('answer' => told($answer)));
} catch (SoapFault $fault) {
    $type = isset($fault->detail) ? $fault->detail->item->value : '';
    echo json_encode(told(array(
        'fault' => $fault->getMessage(), 'code' => $fault->faultcode, 'type' => $type,
    )));
}
