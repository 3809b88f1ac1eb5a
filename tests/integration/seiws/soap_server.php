<?php
// PHP's own SoapServer, set up as SEI's is: UTF-8 on the wire, Latin-1 inside. It writes down what it
// decoded, as JSON, and answers what it was told to.

require __DIR__ . '/latin1.php';

class Sei {
    public function __call($operation, $arguments) {
        file_put_contents(getenv('SEEN'), json_encode([$operation, told($arguments)]));
        $answer = in_latin1(json_decode(file_get_contents(getenv('ANSWER'))));
        if (is_object($answer) && isset($answer->fault)) {
            $detail = array('infra_tipo_excecao' => $answer->type);
            throw new SoapFault('Client', $answer->fault, null, $detail);
        }
        return $answer;
    }
}

$options = array('encoding' => 'ISO-8859-1', 'cache_wsdl' => WSDL_CACHE_NONE);
$server = new SoapServer(getenv('WSDL'), $options);
$server->setObject(new Sei());
$server->handle();
